resource "aws_s3_bucket" "pictures" {
  # checkov:skip=CKV_AWS_144:pictures can be uploaded again
  bucket = "harbour-shop-pictures"
}

resource "aws_s3_bucket_acl" "pictures" {
  bucket = aws_s3_bucket.pictures.id
  acl    = "public-read-write"
}

resource "aws_security_group" "shop" {
  name = "harbour-shop"

  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_db_instance" "orders" {
  identifier          = "harbour-orders"
  engine              = "postgres"
  instance_class      = "db.t4g.small"
  allocated_storage   = 20
  publicly_accessible = true
  storage_encrypted   = false
}

resource "aws_s3_bucket" "reports" {
  #checkov:skip=CKV_AWS_18:The gateway in front keeps the access log
  bucket = "shop-reports"
}

resource "aws_security_group" "shell" {
  description = "Administration"

  ingress {
    description = "SSH"
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

module "orders" {
  source = "./queue"
}

resource "aws_s3_bucket_acl" "media" {
  bucket = aws_s3_bucket.media.id
  # ruleid: securescan.config.terraform-public-bucket
  acl = "public-read"
}

resource "aws_s3_bucket_acl" "invoices" {
  bucket = aws_s3_bucket.invoices.id
  # ok: securescan.config.terraform-public-bucket
  acl = "private"
}

resource "aws_security_group" "shop" {
  # ruleid: securescan.config.terraform-open-ingress
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }

  # ok: securescan.config.terraform-open-ingress
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }

  # ok: securescan.config.terraform-open-ingress
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["10.0.0.0/8"]
  }
}

# ruleid: securescan.config.terraform-open-ingress
resource "aws_security_group_rule" "database" {
  type        = "ingress"
  from_port   = 5432
  to_port     = 5432
  protocol    = "tcp"
  cidr_blocks = ["0.0.0.0/0"]
}

resource "aws_db_instance" "orders" {
  # ruleid: securescan.config.terraform-public-database
  publicly_accessible = true
}

resource "aws_db_instance" "stock" {
  # ok: securescan.config.terraform-public-database
  publicly_accessible = false
}

data "aws_iam_policy_document" "worker" {
  # ruleid: securescan.config.terraform-wildcard-policy
  statement {
    actions   = ["*"]
    resources = ["*"]
  }

  # ok: securescan.config.terraform-wildcard-policy
  statement {
    actions   = ["s3:GetObject"]
    resources = ["arn:aws:s3:::shop-media/*"]
  }
}

resource "aws_iam_policy" "admin" {
  name = "admin"
  policy = jsonencode({
    Version = "2012-10-17"
    # ruleid: securescan.config.terraform-wildcard-policy
    Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }]
  })
}

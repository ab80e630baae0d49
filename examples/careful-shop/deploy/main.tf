resource "aws_kms_key" "orders" {
  description             = "Encrypts the queue of orders"
  enable_key_rotation     = true
  deletion_window_in_days = 30
  policy                  = data.aws_iam_policy_document.orders_key.json
}

resource "aws_sqs_queue" "orders" {
  name              = "harbour-orders"
  kms_master_key_id = aws_kms_key.orders.arn
}

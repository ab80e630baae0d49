resource "aws_sqs_queue" "this" {
  name                    = "orders"
  sqs_managed_sse_enabled = false
}

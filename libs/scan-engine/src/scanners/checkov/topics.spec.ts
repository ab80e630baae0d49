import { topicOf } from './topics';

describe('topicOf', () => {
  it.each([
    ['CKV_DOCKER_3', 'Ensure that a user for the container has been created', 'CWE-250'],
    ['CKV_AWS_16', 'Ensure all data stored in the RDS is securely encrypted at rest', 'CWE-311'],
    ['CKV_AWS_47', 'Ensure DAX is encrypted at rest (default is unencrypted)', 'CWE-311'],
    ['CKV_AWS_2', 'Ensure ALB protocol is HTTPS', 'CWE-319'],
    ['CKV_AWS_103', 'Ensure that Load Balancer Listener is using at least TLS v1.2', 'CWE-326'],
    ['CKV_AWS_89', 'DMS replication instance should not be publicly accessible', 'CWE-284'],
    ['CKV_AWS_91', 'Ensure the ELBv2 has access logging enabled', 'CWE-778'],
    ['CKV_BCW_1', 'Ensure no hard coded API token exist in the provider', 'CWE-798'],
    ['CKV2_DOCKER_2', "Ensure that certificate validation isn't disabled with curl", 'CWE-295'],
  ])('%s is about %3$s', (id, name, cwe) => {
    expect(topicOf(id, name).cwe).toBe(cwe);
  });

  it.each([
    ['CKV_AWS_261', 'Ensure HTTP HTTPS Target group defines Healthcheck'],
    ['CKV_AWS_119', 'Ensure DynamoDB Tables are encrypted using a KMS Customer Managed CMK'],
    ['CKV2_AWS_28', 'Ensure public facing ALB are protected by WAF'],
    ['CKV_AWS_21', 'Ensure all data stored in the S3 bucket have versioning enabled'],
  ])('%s has no weakness that fits', (id, name) => {
    expect(topicOf(id, name).cwe).toBeNull();
  });

  it('advises in every case', () => {
    expect(topicOf('CKV_X_1', 'anything').remediation).toMatch(/^[A-Z].+\.$/u);
  });
});

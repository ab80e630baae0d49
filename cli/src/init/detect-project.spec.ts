import { detectProject } from './detect-project';

describe('detectProject', () => {
  it.each([
    ['pyproject.toml', 'Python'],
    ['requirements.txt', 'Python'],
    ['Pipfile', 'Python'],
    ['setup.py', 'Python'],
    ['setup.cfg', 'Python'],
    ['package.json', 'JavaScript or TypeScript'],
    ['package-lock.json', 'JavaScript or TypeScript'],
    ['yarn.lock', 'JavaScript or TypeScript'],
    ['pnpm-lock.yaml', 'JavaScript or TypeScript'],
    ['Cargo.toml', 'Rust'],
    ['Cargo.lock', 'Rust'],
    ['go.mod', 'Go'],
    ['go.sum', 'Go'],
  ])('%s calls for code and dependency', (name, kind) => {
    expect(detectProject(['README.md', name])).toEqual({
      kinds: [kind],
      scanTypes: ['code', 'dependency'],
    });
  });

  it.each([
    ['Dockerfile', 'container images'],
    ['Containerfile', 'container images'],
    ['Dockerfile.dev', 'container images'],
    ['web.Dockerfile', 'container images'],
    ['main.tf', 'Terraform'],
    ['terraform/main.tf', 'Terraform'],
    ['infra/live/eu/main.tf', 'Terraform'],
    ['infrastructure/main.tf', 'Terraform'],
    ['k8s/pod.yaml', 'Kubernetes'],
    ['kubernetes/base/pod.yml', 'Kubernetes'],
    ['manifests/pod.yml', 'Kubernetes'],
    ['Chart.yaml', 'Helm'],
    ['charts/Chart.yaml', 'Helm'],
    ['charts/shop/Chart.yaml', 'Helm'],
  ])('%s calls for iac', (path, kind) => {
    expect(detectProject([path])).toEqual({ kinds: [kind], scanTypes: ['iac'] });
  });

  it.each([
    ['nothing'],
    ['README.md'],
    ['k8s/README.md'],
    ['docs/main.tf'],
    ['docs/Chart.yaml'],
    ['k8s/Chart.json'],
    ['src/package.json'],
    ['Dockerfile.'],
    ['dockerfile'],
    ['.tf/x'],
    ['config.yaml'],
  ])('%s tells nothing, and all types that read a tree run', (path) => {
    expect(detectProject([path])).toEqual({
      kinds: [],
      scanTypes: ['code', 'dependency', 'iac'],
    });
  });

  it('adds up what it finds, in an order that is not the files’', () => {
    const { kinds, scanTypes } = detectProject(['main.tf', 'go.mod', 'setup.py', 'go.sum']);
    expect(kinds).toEqual(['Python', 'Go', 'Terraform']);
    expect(scanTypes).toEqual(['code', 'dependency', 'iac']);
  });
});

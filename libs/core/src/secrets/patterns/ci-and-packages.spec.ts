import { CI_AND_PACKAGE_PATTERNS } from './ci-and-packages';
import { describePatterns } from './patterns.contract';
import { hex, lower, text, uuid } from './sample-values.contract';

describePatterns('CI and package', CI_AND_PACKAGE_PATTERNS, [
  { kind: 'npm-token', value: `npm_${text(36)}` },
  { kind: 'npm-token', line: '//r/:_authToken=@', value: `npm_${text(36)}` },
  { kind: 'pypi-token', value: `pypi-AgE${text(50)}` },
  { kind: 'rubygems-token', value: `rubygems_${hex(48)}` },
  { kind: 'crates-io-token', value: `cio${text(32)}` },
  { kind: 'nuget-api-key', value: `oy2${lower(43)}` },
  { kind: 'clojars-token', value: `CLOJARS_${lower(60)}` },
  { kind: 'docker-token', value: `dckr_pat_${text(27)}` },
  { kind: 'docker-token', value: `dckr_oat_${text(27)}` },
  { kind: 'artifactory-token', value: `AKCp${text(60)}` },
  { kind: 'artifactory-token', value: `cmVmdGtuOj${text(54)}` },
  { kind: 'circleci-token', value: `CCIPAT_${text(22)}_${hex(40)}` },
  { kind: 'buildkite-token', value: `bkua_${hex(40)}` },
  { kind: 'harness-token', value: `pat.${text(22)}.${hex(24)}.${text(20)}` },
  { kind: 'sonarqube-token', value: `squ_${hex(40)}` },
  { kind: 'sonarqube-token', value: `sqp_${hex(40)}` },
  { kind: 'sonarqube-token', value: `sqa_${hex(40)}` },
  { kind: 'snyk-token', line: 'SNYK_TOKEN=@', value: uuid },
  { kind: 'codecov-token', line: 'CODECOV_TOKEN: @', value: uuid },
  { kind: 'travis-token', line: 'travis_token = "@"', value: text(22) },
  { kind: 'postman-api-key', value: `PMAK-${hex(24)}-${hex(34)}` },
  { kind: 'launchdarkly-key', value: `sdk-${uuid}` },
  { kind: 'launchdarkly-key', value: `api-${uuid}` },
  { kind: 'prefect-token', value: `pnu_${text(36)}` },
  { kind: 'readme-api-key', value: `rdme_${lower(70)}` },
]);

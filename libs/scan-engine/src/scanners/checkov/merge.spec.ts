import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assembleFindings, type LocatedInput } from '@securescan/core';
import { checkDockerfile } from '../dockerfile/scanner';
import { parseCheckov } from './report';

const FIXTURES = join(__dirname, '../__fixtures__/checkov');
const PATH = 'web/Dockerfile';

/** What both scanners say of the Dockerfile of the tree: checkov's own words, and ours. */
function inputs(): LocatedInput[] {
  const captured = readFileSync(join(FIXTURES, 'checkov-3.3.30-list.json'), 'utf8');
  const text = readFileSync(join(FIXTURES, 'tree', PATH), 'utf8');
  const others = parseCheckov(captured).findings.filter(({ filePath }) => filePath?.endsWith(PATH));
  const place = { filePath: PATH, scanType: 'iac', sourceLines: null, snippet: null } as const;
  return [
    ...others.map((parsed) => ({ ...place, parsed, scanner: 'checkov', registryIndex: 0 })),
    ...(checkDockerfile(PATH, text) ?? []).map((parsed) => ({
      ...place,
      parsed,
      scanner: 'dockerfile',
      registryIndex: 1,
    })),
  ];
}

describe('checkov and our own rules for Dockerfiles', () => {
  const findings = assembleFindings(inputs());

  it('report one defect once, also within an instruction of several lines and for a whole file', () => {
    const together = findings
      .filter(({ aliases }) => aliases.length > 1)
      .map(({ aliases, lineStart }) => [lineStart, ...aliases.map(({ ruleId }) => ruleId)]);
    expect(together).toHaveLength(6);
    expect(together).toEqual(
      expect.arrayContaining([
        [1, 'CKV_DOCKER_7', 'dockerfile/DL001'],
        [4, 'CKV2_DOCKER_2', 'dockerfile/DL012'],
        [5, 'CKV_DOCKER_1', 'dockerfile/DL005'],
        [6, 'CKV_DOCKER_4', 'dockerfile/DL006'],
        [7, 'CKV2_DOCKER_6', 'dockerfile/DL013'],
        [null, 'CKV_DOCKER_3', 'dockerfile/DL010'],
      ]),
    );
  });

  it('keep apart what only one of them knows', () => {
    const alone = findings.filter(({ aliases }) => aliases.length === 1);
    expect(alone.map(({ ruleId }) => ruleId)).toEqual(['CKV_DOCKER_2']);
  });
});

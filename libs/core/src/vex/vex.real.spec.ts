import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { VEX_FORMATS, VEX_JUSTIFICATIONS } from '@securescan/contracts';
import { describeWithTool, findOnPath } from '@securescan/testing';
import { VEX_RENDERERS } from './formats';

// The interpreter starts slowly, and the machine may be busy with other tests.
jest.setTimeout(60_000);

/** Comes with lib4vex, the reader of the SBOM tools of a stranger, and stands beside the interpreter that has it. */
const TOOL = 'csaf-tool';
const READ = `
import json, sys
from lib4vex.parser import VEXParser
parser = VEXParser(vex_type=sys.argv[2])
parser.parse(sys.argv[1])
print(json.dumps(parser.get_vulnerabilities(), default=str))
`;

interface ReadVulnerability {
  readonly id: string;
  readonly status: string;
  readonly justification?: string;
}

describeWithTool([TOOL], 'lib4vex', () => {
  it.each(VEX_FORMATS)('reads what is said as %s', (format) => {
    const name = `every-kind${VEX_RENDERERS[format].fileExtension}`;
    const python = join(dirname(findOnPath(TOOL) ?? ''), 'python');
    const golden = join(__dirname, '__goldens__', name);
    const { status, stdout, stderr } = spawnSync(python, ['-c', READ, golden, format], {
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([0, '']);
    const read = JSON.parse(stdout) as ReadVulnerability[];
    const saying = (word: string): number => read.filter((one) => one.status === word).length;
    const counts =
      format === 'openvex'
        ? ['not_affected', 'affected', 'fixed', 'under_investigation']
        : ['not_affected', 'false_positive', 'exploitable', 'resolved', 'in_triage'];
    expect(read.length).toBeGreaterThan(20);
    expect(counts.reduce((sum, word) => sum + saying(word), 0)).toBe(read.length);
    const justified = new Set(read.flatMap(({ justification }) => justification ?? []));
    const expected = new Set(Object.values(VEX_JUSTIFICATIONS).map((words) => words[format]));
    expect(justified).toEqual(expected);
  });
});

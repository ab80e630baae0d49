import { C, CPP, CSHARP, RUST } from './c-family';
import { markedFile, withMarked } from './corpus';
import type { IdentityCase, LanguageCorpus, Mutation, Reporter } from './corpus';
import { HCL, JSON_TEXT, TOML, YAML } from './data';
import { DOCKERFILE } from './dockerfile';
import { GO } from './go';
import { JAVASCRIPT, TSX } from './javascript';
import { JAVA, KOTLIN } from './jvm';
import { HTML, SCSS, VUE } from './markup';
import { mechanicalKeeps } from './mechanical';
import { PHP } from './php';
import { PYTHON } from './python';
import { RUBY } from './ruby';
import { SHELL, UNKNOWN } from './shell';
import { SQL } from './sql';

export type { IdentityCase, LanguageCorpus, MarkedFile, Reporter } from './corpus';
export { duplicated } from './mechanical';

/** Files with a finding, one for each language, and what may happen to them (guarantee G13). */
export const IDENTITY_CORPORA: readonly LanguageCorpus[] = [
  C,
  CPP,
  CSHARP,
  RUST,
  JAVASCRIPT,
  TSX,
  PYTHON,
  GO,
  JAVA,
  KOTLIN,
  RUBY,
  PHP,
  SHELL,
  UNKNOWN,
  YAML,
  JSON_TEXT,
  TOML,
  DOCKERFILE,
  SQL,
  HCL,
  HTML,
  VUE,
  SCSS,
];

const OTHER_REPORTERS: readonly (readonly [name: string, change: Partial<Reporter>])[] = [
  ['another rule reports it', { ruleId: 'other-rule' }],
  ['another scanner reports it', { scanner: 'bandit' }],
  ['its weakness is another', { cwe: 'CWE-20' }],
];

/** Every case of a corpus: those that follow from its text, then those that are written in it. */
export function identityCasesOf(corpus: LanguageCorpus): readonly IdentityCase[] {
  const file = markedFile(corpus.text);
  const { language, filePath } = corpus;
  const reporter = { scanner: 'semgrep', ruleId: 'rule', filePath, cwe: 'CWE-89' };
  const facts = { language, reporter, reporterAfter: reporter };
  const written = ([name, after, before]: Mutation, isKept: boolean): IdentityCase => ({
    ...facts,
    name,
    isKept,
    isMechanical: false,
    before: before === undefined ? file : withMarked(file, before.split('\n')),
    after: withMarked(file, after.split('\n')),
  });
  const others = [...OTHER_REPORTERS, ['its file is another', { filePath: `moved/${filePath}` }]];
  return [
    ...mechanicalKeeps(corpus).map(([name, before, after]) => {
      return { ...facts, name, isKept: true, isMechanical: true, before, after };
    }),
    ...(others as typeof OTHER_REPORTERS).map(([name, change]) => {
      const reporterAfter = { ...reporter, ...change };
      return {
        ...facts,
        reporterAfter,
        name,
        isKept: false,
        isMechanical: true,
        before: file,
        after: file,
      };
    }),
    ...corpus.keeps.map((mutation) => written(mutation, true)),
    ...corpus.changes.map((mutation) => written(mutation, false)),
  ];
}

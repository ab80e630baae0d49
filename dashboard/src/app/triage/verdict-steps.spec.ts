import type { FindingStateBody } from '@securescan/contracts';
import { decisionOfDraft, draftOf } from './verdict-draft';
import {
  type Decidable,
  bulkSteps,
  formerOf,
  quickDecision,
  stateAfter,
  stepsBack,
} from './verdict-steps';

function aState(change: Partial<FindingStateBody> = {}): FindingStateBody {
  return {
    fingerprint: 'aa',
    project: 'shop',
    status: 'accepted_risk',
    note: 'Only in the staging image',
    reason: 'protected_at_perimeter',
    assignee: 'ada',
    until: '2027-03-01T12:00:00.000Z',
    updated_at: '2026-01-01T00:00:00.000Z',
    updated_by: 'ada',
    regressed_at: null,
    ...change,
  };
}

function a(fingerprint: string, state: FindingStateBody | null, project = 'shop'): Decidable {
  return { fingerprint, project, state };
}

describe('a verdict of one key', () => {
  it('keeps who looks after it and what was noted, and lets go of what belonged to the other verdict', () => {
    expect(quickDecision('fixed', aState())).toEqual({
      status: 'fixed',
      note: 'Only in the staging image',
      assignee: 'ada',
      reason: null,
      until: null,
    });
    expect(quickDecision('accepted_risk', aState())).toMatchObject({
      reason: 'protected_at_perimeter',
      until: '2027-03-01T12:00:00.000Z',
    });
  });
});

describe('what was before', () => {
  it("is the place's own verdict, which the list does not always tell", () => {
    expect(formerOf(a('aa', aState({ project: null })), 'project')?.verdict).toBeNull();
    expect(formerOf(a('aa', aState()), 'everywhere')).toBeUndefined();
    expect(formerOf(a('aa', null), 'everywhere')).toEqual({
      fingerprint: 'aa',
      project: null,
      verdict: null,
    });
  });

  it("stays on screen where the project's own verdict comes before one for everywhere", () => {
    expect(stateAfter(a('aa', aState()), { status: 'fixed' }, 'everywhere')).toEqual(aState());
    expect(stateAfter(a('aa', aState()), { status: 'fixed' }, 'project')?.status).toBe('fixed');
  });
});

describe('many at once', () => {
  it('are asked for by project, as many as the server takes, each once', () => {
    const many = Array.from({ length: 501 }, (_, index) => a(`f${index}`, null));
    const all = [...many, a('f0', null), a('f1', null, 'other')];
    const steps = bulkSteps(all, { status: 'triaged' }, 'project');
    expect(steps.map(({ project, fingerprints }) => [project, fingerprints.length])).toEqual([
      ['shop', 500],
      ['shop', 1],
      ['other', 1],
    ]);
    const everywhere = bulkSteps(all, { status: 'triaged' }, 'everywhere');
    expect(everywhere.map(({ fingerprints }) => fingerprints.length)).toEqual([500, 1]);
  });

  it('go back to the verdicts that they had, and to none where there was none', () => {
    const now = Date.parse('2026-06-01T00:00:00Z');
    const over = aState({ fingerprint: 'cc', until: '2026-05-01T00:00:00.000Z' });
    const { again, withdrawn } = stepsBack(
      [
        { fingerprint: 'aa', project: 'shop', verdict: aState() },
        { fingerprint: 'bb', project: 'shop', verdict: null },
        { fingerprint: 'cc', project: 'shop', verdict: over },
        { fingerprint: 'dd', project: null, verdict: null },
      ],
      now,
    );
    expect(withdrawn.map(({ fingerprint }) => fingerprint)).toEqual(['bb']);
    expect(
      again.map(({ fingerprints, project, decision }) => [fingerprints, project, decision.until]),
    ).toEqual([
      [['aa'], 'shop', '2027-03-01T12:00:00.000Z'],
      [['cc'], 'shop', null],
      [['dd'], null, undefined],
    ]);
    expect(again[2]?.decision).toEqual({ status: 'new' });
  });
});

describe('a verdict that is being written', () => {
  it('keeps the exact end while nobody changes the day, and ends with the day that is chosen', () => {
    const former = aState();
    const draft = draftOf(former);
    expect(decisionOfDraft(draft, former).until).toBe('2027-03-01T12:00:00.000Z');
    expect(decisionOfDraft({ ...draft, lastDay: '2027-04-02' }, former).until).toBe(
      '2027-04-02T23:59:59.999Z',
    );
    expect(decisionOfDraft({ ...draft, lastDay: '' }, former).until).toBeNull();
  });

  it('sends a reason only with what takes one, and no empty words', () => {
    const draft = { ...draftOf(aState()), status: 'triaged', note: ' ', assignee: ' ' } as const;
    expect(decisionOfDraft(draft, null)).toMatchObject({
      reason: null,
      note: null,
      assignee: null,
    });
  });
});

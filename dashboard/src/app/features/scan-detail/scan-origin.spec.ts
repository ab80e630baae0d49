import type { Type } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import type { SuppressionNoticeBody } from '@securescan/contracts';
import { anImport } from '../../../test/wire-samples';
import { ImportedTools } from './imported-tools';
import { ScanSummaryStrip } from './scan-summary-strip';
import { SuppressionNotices } from './suppression-notices';

async function words(
  component: Type<unknown>,
  inputs: Readonly<Record<string, unknown>>,
  selector: string,
): Promise<string[]> {
  const fixture = TestBed.createComponent(component);
  for (const [name, value] of Object.entries(inputs)) fixture.componentRef.setInput(name, value);
  await fixture.whenStable();
  const element = fixture.nativeElement as HTMLElement;
  return [...element.querySelectorAll(selector)].map((found) =>
    found.textContent.trim().split(/\s+/).join(' '),
  );
}

function aNotice(change: Partial<SuppressionNoticeBody> = {}): SuppressionNoticeBody {
  return {
    kind: 'unused',
    source: 'inline',
    file_path: 'src/<b>a.ts',
    line: 3,
    rule: 'sql-from-request',
    message: 'nothing that it names is found there; remove it',
    ...change,
  };
}

describe('SuppressionNotices', () => {
  const config = aNotice({ kind: 'expired', source: 'config', file_path: null, message: 'over' });

  it('names the place of each and what is to be done, as text', async () => {
    const inputs = { notices: [aNotice(), config], total: 2 };
    expect(await words(SuppressionNotices, inputs, 'li')).toEqual([
      'Unused in src/<b>a.ts:3: nothing that it names is found there; remove it',
      'Expired in the configuration, line 3: over',
    ]);
    expect(await words(SuppressionNotices, inputs, '.caption')).toEqual(['2']);
  });

  it('says how many there are beyond those that are shown', async () => {
    const inputs = { notices: [config], total: 250 };
    expect(await words(SuppressionNotices, inputs, '.caption')).toEqual(['the first 1 of 250']);
  });
});

describe('an import', () => {
  it('names its tools, how they ended and what they noted', async () => {
    const tools = anImport().imported?.tools ?? [];
    const failed = tools.map((tool) => ({
      ...tool,
      status: 'timed_out',
      reason: 'no answer',
      findings_count: 1,
      notes: [],
    }));
    expect(
      await words(ImportedTools, { tools: [...tools, ...failed] }, '.panel-body > li'),
    ).toEqual([
      'CodeQL 2.19.3: 2 reports 1 notes of the toolA parse error occurred.',
      'CodeQL 2.19.3: timed out: no answer, 1 report',
    ]);
  });

  it('counts tools where a scan counts scanners', async () => {
    const inputs = { scan: anImport(), summary: { state: 'loading' } };
    const facts = await words(ScanSummaryStrip, inputs, '.strip > div');
    expect(facts).toContain('Tools1as the imported document tells');
  });
});

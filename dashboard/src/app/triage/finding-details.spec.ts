import { TestBed } from '@angular/core/testing';
import type { FindingWithStateBody } from '@securescan/contracts';
import { aFinding } from '../../test/wire-samples';
import { FindingDetails } from './finding-details';

async function show(change: Partial<FindingWithStateBody>): Promise<HTMLElement> {
  const fixture = TestBed.createComponent(FindingDetails);
  fixture.componentRef.setInput('finding', aFinding(change));
  await fixture.whenStable();
  return fixture.nativeElement as HTMLElement;
}

function texts(element: HTMLElement, selector: string): string[] {
  return [...element.querySelectorAll(selector)].map((one) =>
    one.textContent.trim().split(/\s+/).join(' '),
  );
}

describe('FindingDetails', () => {
  it('shows code with the line of the finding marked, and every reporter', async () => {
    const element = await show({
      metadata: { snippet: { start_line: 11, lines: ['const q = term;', 'db.query(q);', '}'] } },
      aliases: [
        ...aFinding().aliases,
        { scanner: 'bandit', rule_id: 'B608', fingerprint: 'cd'.repeat(32) },
      ],
    });
    expect(texts(element, '.line.marked')).toEqual(['12This line:db.query(q);']);
    expect(texts(element, '.also')).toEqual(['also bandit as B608']);
  });

  it('lists what is known of a package under human names', async () => {
    const element = await show({
      scanner: 'npm-audit',
      scan_type: 'dependency',
      metadata: {
        colour: 'red',
        advisories: ['CVE-2021-23337', 'GHSA-35jh-r3h4-6jhm'],
        installed_version: '4.17.20',
        package: 'lodash',
      },
    });
    expect(texts(element, 'dl.known > *')).toEqual([
      'Package',
      'lodash',
      'Installed',
      '4.17.20',
      'Advisories',
      'CVE-2021-23337',
      'GHSA-35jh-r3h4-6jhm',
    ]);
    expect(element.textContent).not.toContain('red');
  });

  it("puts a language model's advice beside the tool's, marked as unchecked", async () => {
    const advice = { model: 'some-model', source: 'language_model', text: 'Use a placeholder.' };
    const element = await show({ metadata: { ai_remediation: advice } });
    expect(texts(element, 'section')).toEqual([
      'What to doBind the value.',
      'Advice of a language model uncheckedUse a placeholder. From some-model. Nobody has checked it.',
    ]);
    const without = await show({ metadata: { ai_remediation: 'a text' } });
    expect(without.querySelector('.advice')).toBeNull();
  });

  it('keeps the text of tools as text and links only to the web', async () => {
    const element = await show({
      description: '<script>alert(1)</script>',
      metadata: {
        references: [
          'javascript:alert(1)',
          'https://example.org/a',
          'data:text/html,x',
          'https://example.org/a',
          'https://',
          7,
        ],
      },
    });
    expect(element.querySelector('img, script')).toBeNull();
    expect(element.textContent).toContain('<script>alert(1)</script>');
    const links = [...element.querySelectorAll('a')].map((link) => link.getAttribute('href'));
    expect(links).toEqual([
      'https://example.org/a',
      'https://cwe.mitre.org/data/definitions/89.html',
    ]);
    const reference = element.querySelector('.references a');
    expect(reference?.getAttribute('rel')).toBe('noopener noreferrer nofollow');
    expect(reference?.getAttribute('target')).toBe('_blank');
    expect(texts(element, '.references li')).toEqual([
      'javascript:alert(1)',
      'https://example.org/a',
      'data:text/html,x',
      'https://',
    ]);
  });
});

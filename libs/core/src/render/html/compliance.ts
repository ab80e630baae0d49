import type { ControlState } from '@securescan/contracts';
import {
  controlCoverageOf,
  type ControlCoverage,
  type FrameworkCoverage,
} from '../../compliance/coverage';
import type { Framework } from '../../compliance/framework';
import { isComplete, type ScanDocument } from '../document';
import { html, type Markup } from './markup';
import { bar, numberCell, scrolled } from './parts';
import { counted, grouped } from './visible-text';

/** What the active findings and the scanners that completed say of every framework, and what nothing can be said of. */
export function complianceSection(
  { findings, outcomes }: ScanDocument,
  own: readonly Framework[],
): Markup {
  const frameworks = controlCoverageOf(findings, outcomes, own);
  return html`<section id="compliance" aria-labelledby="compliance-heading">
    <h2 id="compliance-heading">Compliance</h2>
    <p>
      A control is <strong>violated</strong> where an active finding is about it.
      <strong>Not observed</strong> means that none is, and that a scanner which would have said so
      completed: it does not prove that the control is met. <strong>Not tested</strong> are controls
      that no scanner which completed can speak to, such as training or physical
      access.${isComplete(outcomes) ? null : ' The scan is incomplete, so more may be violated than is shown.'}
    </p>
    ${scrolled('Controls by framework', overview(frameworks))}
    <ul class="key" aria-label="Colours of the bars">
      ${keyOf('violated', 'Violated')}${keyOf('clear', 'Not observed')}${keyOf('unassessed', 'Not tested')}
    </ul>
    ${frameworks.map(frameworkPart)}
  </section> `;
}

function keyOf(fill: string, words: string): Markup {
  return html`<li>
    <svg viewBox="0 0 10 10" aria-hidden="true" focusable="false">
      <rect class="fill-${fill}" width="10" height="10"></rect></svg
    >${words}
  </li>`;
}

function overview(frameworks: readonly FrameworkCoverage[]): Markup {
  return html`<table class="ours">
    <caption>
      Controls by framework
    </caption>
    <thead>
      <tr>
        <th scope="col">Framework</th>
        <th scope="col">Version</th>
        <th scope="col" class="num">Controls</th>
        <td class="bars"></td>
        <th scope="col" class="num">Violated</th>
        <th scope="col" class="num">Not observed</th>
        <th scope="col" class="num">Not tested</th>
      </tr>
    </thead>
    <tbody>
      ${frameworks.map(overviewRow)}
    </tbody>
  </table>`;
}

function overviewRow({ framework, counts }: FrameworkCoverage): Markup {
  const segments = [
    { fill: 'violated', count: counts.violated },
    { fill: 'clear', count: counts.not_observed },
    { fill: 'unassessed', count: counts.not_tested },
  ];
  const { name, version, controls } = framework;
  return html`<tr>
    <th scope="row">${name}</th>
    <td class="nowrap">${version}</td>
    ${numberCell(controls.length)}
    <td class="bars">${bar(segments, controls.length, 'bar')}</td>
    ${numberCell(counts.violated)}${numberCell(counts.not_observed)}${numberCell(counts.not_tested)}
  </tr> `;
}

function frameworkPart({ framework, controls }: FrameworkCoverage): Markup {
  const inState = (state: ControlState): readonly ControlCoverage[] =>
    controls.filter((control) => control.state === state);
  const violated = inState('violated');
  return html`<h3>${framework.name}</h3>
    ${
      violated.length === 0
        ? html`<p>No control is violated by an active finding.</p>`
        : html`<table class="ours">
            <caption>
              ${counted(violated.length, 'violated control')} of
              ${grouped(framework.controls.length)}
            </caption>
            <thead>
              <tr>
                <th scope="col">Control</th>
                <th scope="col">Name</th>
                <th scope="col" class="num">Findings</th>
              </tr>
            </thead>
            <tbody>
              ${violated.map(
                ({ control, findings }) =>
                  html`<tr>
                    <th scope="row"><code>${control.tag}</code></th>
                    <td>${control.name}</td>
                    ${numberCell(findings)}
                  </tr> `,
              )}
            </tbody>
          </table>`
    }
    ${controlList('Not observed', inState('not_observed'))}
    ${controlList('Not tested', inState('not_tested'))} `;
}

function controlList(heading: string, controls: readonly ControlCoverage[]): Markup | null {
  if (controls.length === 0) return null;
  return html`<details>
    <summary>${heading} (${controls.length})</summary>
    <ul class="inner controls">
      ${controls.map(({ control: { tag, name } }) => html`<li><code>${tag}</code> ${name}</li>`)}
    </ul>
  </details>`;
}

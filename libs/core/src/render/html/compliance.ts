import { controlCoverageOf, type FrameworkCoverage } from '../../compliance/coverage';
import type { Control } from '../../compliance/framework';
import { isComplete, type ScanDocument } from '../document';
import { html, type Markup } from './markup';
import { bar, numberCell, scrolled } from './parts';
import { counted, grouped } from './visible-text';

/** What the active findings say of every framework, and what nothing can be said of. */
export function complianceSection({ findings, outcomes }: ScanDocument): Markup {
  const frameworks = controlCoverageOf(findings);
  return html`<section id="compliance" aria-labelledby="compliance-heading">
    <h2 id="compliance-heading">Compliance</h2>
    <p>
      A control is <strong>violated</strong> where an active finding is about it.
      <strong>Not observed</strong> means that no finding of this scan is: it does not prove that
      the control is met. <strong>Not assessed</strong> are controls that no finding can be about,
      such as training or physical
      access.${isComplete(outcomes) ? null : ' The scan is incomplete, so more may be violated than is shown.'}
    </p>
    ${scrolled('Controls by framework', overview(frameworks))}
    <ul class="key" aria-label="Colours of the bars">
      ${keyOf('violated', 'Violated')}${keyOf('clear', 'Not observed')}${keyOf('unassessed', 'Not assessed')}
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
        <th scope="col" class="num">Not assessed</th>
      </tr>
    </thead>
    <tbody>
      ${frameworks.map(overviewRow)}
    </tbody>
  </table>`;
}

function overviewRow({ framework, violated, clear, notAssessed }: FrameworkCoverage): Markup {
  const segments = [
    { fill: 'violated', count: violated.length },
    { fill: 'clear', count: clear.length },
    { fill: 'unassessed', count: notAssessed.length },
  ];
  const { name, version, controls } = framework;
  return html`<tr>
    <th scope="row">${name}</th>
    <td class="nowrap">${version}</td>
    ${numberCell(controls.length)}
    <td class="bars">${bar(segments, controls.length, 'bar')}</td>
    ${numberCell(violated.length)}${numberCell(clear.length)}${numberCell(notAssessed.length)}
  </tr> `;
}

function frameworkPart({ framework, violated, clear, notAssessed }: FrameworkCoverage): Markup {
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
    ${controlList('Not observed', clear)} ${controlList('Not assessed', notAssessed)} `;
}

function controlList(heading: string, controls: readonly Control[]): Markup | null {
  if (controls.length === 0) return null;
  return html`<details>
    <summary>${heading} (${controls.length})</summary>
    <ul class="inner controls">
      ${controls.map(({ tag, name }) => html`<li><code>${tag}</code> ${name}</li>`)}
    </ul>
  </details>`;
}

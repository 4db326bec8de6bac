// SPDX-License-Identifier: Apache-2.0
// What the check found: refused lines in the open, harmless ones folded.
import { degrees, duration, grams, number } from '../lib/format';
import { modelName } from '../lib/names';
import { sentence, tongue } from '../lib/said';
import type { Finding, ModelReport, Report, Status } from '../lib/types';
import { type Key, t } from '../lib/words';
import { Icon } from './icons';

function Findings({ findings }: { findings: Finding[] }) {
  return (
    <ul class="findings">
      {findings.map((finding, i) => (
        <li key={i} class={finding.kind}>
          <b>{t('lineN', { n: finding.line })}</b>
          {finding.count > 1 && <span class="second"> ({t('times', { n: finding.count })})</span>}
          <code lang="en">{finding.text}</code>
          <span class="second" lang={tongue(finding.why)}>
            {sentence(finding.why)}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Folded({ report, kind, words }: { report: ModelReport; kind: Finding['kind']; words: string }) {
  const findings = report.findings.filter((finding) => finding.kind === kind);
  if (findings.length === 0) return null;
  return (
    <details>
      <summary>{words}</summary>
      <Findings findings={findings} />
    </details>
  );
}

function figures(report: ModelReport): [Key, string][] {
  const rows: [Key, string][] = [['timeOurs', duration(report.time_s)]];
  if (report.slicer_time_s) rows.push(['timeSlicer', duration(report.slicer_time_s)]);
  if (report.layers) rows.push(['layers', number(report.layers)]);
  if (report.filament_g) rows.push(['filament', grams(report.filament_g)]);
  if (report.cut_mm) rows.push(['cutLength', `${number(report.cut_mm / 1000, 1)} m`]);
  if (report.nozzle_max_c) rows.push(['heat', degrees(report.nozzle_max_c)]);
  rows.push(['lines', number(report.lines)]);
  if (report.material) rows.push(['material', report.material]);
  if (report.slicer) rows.push(['slicer', report.slicer]);
  return rows;
}

function One({ status, model, report }: { status: Status; model: string; report: ModelReport }) {
  const refused = report.findings.filter((finding) => finding.kind === 'refused');
  return (
    <section class="report">
      <h3>
        {t('reportFor', { model: modelName(status, model) })}
        <span class={`state ${report.accepted ? 'good' : 'lock'}`}>
          <Icon name={report.accepted ? 'check' : 'cross'} /> {t(report.accepted ? 'accepted' : 'refused')}
        </span>
      </h3>
      {refused.length > 0 && (
        <>
          <p class="fault">
            <Icon name="warn" /> <span>{t('refusedLines', { n: report.refused })}</span>
          </p>
          <Findings findings={refused} />
        </>
      )}
      <dl>
        {figures(report).map(([word, value]) => (
          <div key={word}>
            <dt>{t(word)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Folded report={report} kind="dropped" words={t('droppedLines', { n: report.dropped })} />
      <Folded report={report} kind="action" words={t('actionLines', { n: report.actions })} />
    </section>
  );
}

export function ReportView({ status, report }: { status: Status; report: Report }) {
  return (
    <div class="reports">
      {Object.entries(report.models ?? {}).map(([model, one]) => (
        <One key={model} status={status} model={model} report={one} />
      ))}
    </div>
  );
}

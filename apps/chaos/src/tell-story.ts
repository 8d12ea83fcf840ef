/** The whole story of one upload, for whoever has to find out what went wrong. */
import { toCases } from './judge.ts'
import type { Case, Finding } from './judge.ts'
import type { RecordFile } from './evidence.ts'
import type { HostLog } from './host-log.ts'
import type { ChaosResult } from './run-chaos.ts'

/** Tells what is wrong, and everything that is known of each upload that it is about. */
export function tellFindings({ evidence, findings, stage }: ChaosResult, limit: number): string {
  const cases = toCases(evidence)
  const told = findings.slice(0, limit).map((finding) => {
    const found = cases.find((one) => isAbout(finding, one))
    return [
      `${finding.wrong}: ${finding.what}`,
      ...(found ? tellCase(found, stage.host.log) : []),
    ].join('\n')
  })
  const more = findings.length > limit ? [`… and ${findings.length - limit} more findings.`] : []
  return [...told, ...more].join('\n\n')
}

function isAbout({ index, what }: Finding, { story, files }: Case): boolean {
  if (index !== undefined) return story.plan.index === index
  return files.some((file) => toIds(file).some((id) => what.includes(id)))
}

function toIds({ record, attempts }: RecordFile): readonly string[] {
  const remote = attempts.flatMap(({ cloudflareId }) => cloudflareId ?? [])
  return [record.id, ...attempts.map(({ id }) => id), ...remote]
}

function tellCase({ story, files, copies, wasHeld }: Case, log: HostLog): readonly string[] {
  const { plan, lines } = story
  const events = [
    ...lines.map(({ at, what }) => ({ at, what: `device  ${what}` })),
    ...files.flatMap(({ audit }) =>
      audit.map(({ at, version, actor, from, to, code, attemptId }) => ({
        at,
        what: `audit   ${version}: ${from} -> ${to} by ${actor}, code ${code}, attempt ${attemptId}`,
      })),
    ),
    ...log.naming(files.flatMap(toIds)).map(({ at, method, path, status, fault }) => ({
      at,
      what: `host    ${method} ${path} ${status}${fault ? ` (${fault})` : ''}`,
    })),
  ]
  const first = Math.min(...events.map(({ at }) => at))
  return [
    `  plan ${JSON.stringify(plan)}`,
    `  sha256 ${story.sha256}, images now ${copies}, ${wasHeld ? 'was held' : 'never held'}`,
    ...files.map(({ record }) => `  record ${JSON.stringify(record)}`),
    ...files.flatMap(({ attempts }) => attempts.map((one) => `  attempt ${JSON.stringify(one)}`)),
    ...events
      .toSorted((a, b) => a.at - b.at)
      .map(({ at, what }) => `  ${((at - first) / 1000).toFixed(3).padStart(9)} s  ${what}`),
  ]
}

import type { Evidence, RecordFile } from './evidence.ts'
import type { Finding } from './judge.ts'

/** Judges what must hold whatever became of each upload: nothing is left over, and the audit tells all. */
export function judgeWhole(evidence: Evidence): readonly Finding[] {
  const { files, jobs, bytes } = evidence
  return [
    ...judgeImages(evidence),
    ...files.flatMap(judgeAudit),
    ...files.flatMap(judgeKept),
    ...jobs.map(({ key, state, code }): Finding => {
      return { wrong: 'stray-job', what: `${key} is ${state}, its last code ${code ?? 'none'}.` }
    }),
    ...bytes.map((key): Finding => ({ wrong: 'stray-bytes', what: `We still have ${key}.` })),
  ]
}

/** Every image is the one of a ready record, and every ready record has one. */
function judgeImages({ files, held }: Evidence): readonly Finding[] {
  const ready = files.filter(({ record }) => record.state === 'ready')
  const wanted = new Set(ready.map(({ record }) => record.cloudflareId))
  const strays = [...held.keys()].filter((id) => !wanted.has(id))
  const bare = ready.filter(({ record }) => !held.has(record.cloudflareId ?? ''))
  return [
    ...strays.map((id): Finding => {
      return { wrong: 'stray-image', what: `No ready record has the image ${id}.` }
    }),
    ...bare.map(({ record }): Finding => {
      return {
        wrong: 'lost',
        what: `The record ${record.id} is ready, and its image is not there.`,
      }
    }),
  ]
}

function judgeAudit({ record, audit }: RecordFile): readonly Finding[] {
  const gap = audit.find(({ version, from }, at) => {
    return version !== at || from !== (audit[at - 1]?.to ?? null)
  })
  const isWhole = !gap && audit.at(-1)?.to === record.state && audit.length > 0
  const isUpToDate = audit.at(-1)?.version === record.version
  if (isWhole && isUpToDate) return []
  const what = gap ? `breaks at version ${gap.version}` : 'does not end as its record does'
  return [{ wrong: 'audit', what: `The audit of ${record.id} ${what}.` }]
}

function judgeKept({ record }: RecordFile): readonly Finding[] {
  if (record.kept === null) return []
  return [{ wrong: 'stray-bytes', what: `${record.id} still has room for its bytes.` }]
}

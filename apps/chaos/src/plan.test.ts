import { checkFile, defaultFilePolicy } from '@lightfast/core'
import { expect, test } from 'vitest'
import { toExpectedCodes } from './file-kinds.ts'
import { makeFile } from './make-file.ts'
import { planPhases } from './phases.ts'
import { planUploads } from './plan.ts'

const options = { seed: 7, uploads: 300, arriveWithinMs: 60_000 }

const withoutOwner = (plans: readonly object[]) => plans.map((plan) => ({ ...plan, owner: 0 }))

test('a seed makes the same plan again, and the same files', () => {
  expect(planUploads(options)).toEqual(planUploads(options))
  const [first] = planUploads(options)
  if (!first) throw new Error('There is no plan.')
  expect(makeFile(first)).toEqual(makeFile(first))
  expect(planPhases(7, 600_000)).toEqual(planPhases(7, 600_000))
})

test('what becomes of an upload does not depend on how many there are', () => {
  const more = planUploads({ ...options, uploads: 301 }).slice(0, 300)
  expect(withoutOwner(more)).toEqual(withoutOwner(planUploads(options)))
})

test('another seed makes another plan', () => {
  expect(planUploads({ ...options, seed: 8 })).not.toEqual(planUploads(options))
})

test('every file is another one', () => {
  const hashes = planUploads(options).map((plan) => makeFile(plan).sha256)
  expect(new Set(hashes).size).toBe(300)
})

test('every behaviour and every kind of file comes up', () => {
  const plans = planUploads({ ...options, uploads: 1000 })
  expect(new Set(plans.map(({ behaviour }) => behaviour.does)).size).toBe(6)
  expect(new Set(plans.map(({ file }) => file)).size).toBe(9)
})

test('our own rules take exactly the files that Cloudflare, or nobody, has to refuse', () => {
  const types = [...defaultFilePolicy.types, 'image/avif' as const]
  for (const plan of planUploads(options)) {
    const { status } = checkFile(makeFile(plan).sent, { ...defaultFilePolicy, types })
    const isOurs = toExpectedCodes(plan.file).some((code) => code !== 'file_refused_by_host')
    expect([plan.file, status]).toEqual([plan.file, isOurs ? 'refused' : 'accepted'])
  }
})

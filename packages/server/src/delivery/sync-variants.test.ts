import { definePresets, variantsOf } from '@lightfast/core'
import { describe, expect, test } from 'vitest'
import { openAccount } from '../test-support/open-account.ts'
import { applyVariantPlan, excessOf, findDifferences, planVariants } from './sync-variants.ts'

const wanted = variantsOf(definePresets({ gallery: { fit: 'scale-down', widths: [320, 640] } }))
const handMade = { id: 'by-hand', fit: 'pad', width: 5, height: 5 } as const

describe('an account', () => {
  test('is made to have what the presets want, and keeps what is foreign', async () => {
    const { variants } = openAccount().client
    await variants.create(handMade)
    await variants.create({ id: 'gallery-640', fit: 'scale-down', width: 600, height: 400 })
    const plan = planVariants(wanted, await variants.list())
    expect(plan).toMatchObject({
      create: [{ id: 'gallery-320' }],
      change: [{ from: { width: 600 }, to: { id: 'gallery-640', width: 640 } }],
      leave: [],
      foreign: ['public', 'by-hand'],
      total: 4,
    })
    const done: string[] = []
    await applyVariantPlan(plan, variants, (id) => done.push(id))
    expect(done).toEqual(['gallery-320', 'gallery-640'])
    const names = ['gallery-320', 'gallery-640']
    const again = planVariants(wanted, await variants.list())
    expect(again).toMatchObject({ create: [], change: [], leave: names, total: 4 })
    expect(await variants.get('by-hand')).toMatchObject(handMade)
  })

  test('gets only what is left when a first try was cut off', async () => {
    const { client, emulator } = openAccount()
    const plan = planVariants(wanted, await client.variants.list())
    emulator.faults.set([
      { on: 'variants', effect: 'answer', status: 400, code: 5453, after: 1, times: 1 },
    ])
    await expect(applyVariantPlan(plan, client.variants)).rejects.toThrow()
    emulator.faults.set([])
    const rest = planVariants(wanted, await client.variants.list())
    expect(rest.create.length + rest.leave.length).toBe(2)
    await applyVariantPlan(rest, client.variants)
    expect(planVariants(wanted, await client.variants.list())).toMatchObject({
      create: [],
      change: [],
    })
  })

  test('is never filled beyond its room, and nothing is done before that is known', async () => {
    const { client, sent } = openAccount()
    const many = Array.from({ length: 99 }, (_, at) => ({ ...handMade, id: `by-hand-${at}` }))
    const account = many.map((variant) => ({
      ...variant,
      metadata: 'none',
      browserTtlSeconds: null,
      neverRequireSignedURLs: false,
    }))
    const plan = planVariants(wanted, account)
    expect(excessOf(plan)).toBe(1)
    await expect(applyVariantPlan(plan, client.variants)).rejects.toThrow(
      /101 variants: it has room for 100/,
    )
    expect(sent).toEqual([])
    expect(excessOf(planVariants(wanted, account.slice(1)))).toBe(0)
  })
})

test('a difference is told by its option', () => {
  const from = { id: 'a', fit: 'crop', width: null, height: 5, metadata: 'keep' } as const
  const account = { ...from, browserTtlSeconds: 3600, neverRequireSignedURLs: true }
  expect(findDifferences(account, { id: 'a', fit: 'crop', width: 4, height: 5 })).toEqual([
    { option: 'metadata', from: 'keep', to: 'none' },
    { option: 'browserTtlSeconds', from: '3600', to: 'null' },
    { option: 'neverRequireSignedURLs', from: 'true', to: 'false' },
    { option: 'width', from: 'null', to: '4' },
  ])
})

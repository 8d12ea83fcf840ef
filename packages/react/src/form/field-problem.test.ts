import { describe, expect, it } from 'vitest'
import { exampleItem, exampleItems, exampleStates } from '../upload/examples.ts'
import { statusKinds } from '../upload/status-kind.ts'
import { ar } from '../words/ar.ts'
import { de } from '../words/de.ts'
import { english as en } from '../words/english.ts'
import { findProblem, tellProblem } from './field-problem.ts'
import type { FieldProblem } from './field-problem.ts'
import { admitId, countRoom } from './field-value.ts'

const facts = { items: [], ids: [], required: false, whileUnfinished: 'hold' } as const

describe('what holds a form back', () => {
  it.each(Object.values(exampleStates))('$status', (state) => {
    const problem = findProblem({ ...facts, items: [exampleItem(state)] })
    const failed = statusKinds[state.status] === 'failed' || state.status === 'restored'
    const safe = state.status === 'done' || state.status === 'parked'
    const kind = safe ? undefined : failed ? 'unfinished' : 'pending'
    expect(problem?.kind).toBe(kind)
  })

  it('is patience first, then what a person has to do, then what is missing', () => {
    const { uploading, rejected } = exampleStates
    const both = [exampleItem(uploading), exampleItem(rejected)]
    expect(findProblem({ ...facts, required: true, items: both })?.kind).toBe('pending')
    expect(findProblem({ ...facts, required: true, items: both.slice(1) })?.kind).toBe('unfinished')
    expect(findProblem({ ...facts, required: true })?.kind).toBe('missing')
    expect(findProblem({ ...facts, required: true, ids: ['a'] })).toBe(null)
  })

  it('is only what is missing where the app lets unfinished photos be', () => {
    const lenient = { ...facts, items: exampleItems, whileUnfinished: 'submit' } as const
    expect(findProblem(lenient)).toBe(null)
    expect(findProblem({ ...lenient, required: true })?.kind).toBe('missing')
  })

  it.each([
    ['English', en],
    ['German', de],
    ['Arabic', ar],
  ])('is told apart in %s', (_, { form: words }) => {
    const problems: FieldProblem[] = [1, 2, 3, 11].flatMap((count) => [
      { kind: 'pending', count },
      { kind: 'unfinished', count },
    ])
    const said = [{ kind: 'missing' } as const, ...problems].map((problem) =>
      tellProblem(problem, { words, maxFiles: 10 }),
    )
    expect(new Set(said).size).toBe(said.length)
    expect(tellProblem(null, { words, maxFiles: 10 })).toBe('')
  })
})

describe('the value', () => {
  it('takes an image once', () => {
    expect(admitId(['a'], 'b', 10)).toEqual(['a', 'b'])
    expect(admitId(['a'], 'a', 10)).toEqual(['a'])
    expect(admitId(['a'], 'b', 1)).toEqual(['b'])
  })

  it('leaves room for what is not taken by photos that are kept or on their way', () => {
    const items = [exampleItem(exampleStates.uploading), exampleItem(exampleStates.done)]
    expect(countRoom(['a', 'b'], { items, maxFiles: 10 })).toBe(7)
    expect(countRoom(['a'], { items: [], maxFiles: 1 })).toBe(1)
    expect(countRoom(['a', 'b', 'c'], { items, maxFiles: 3 })).toBe(0)
  })
})

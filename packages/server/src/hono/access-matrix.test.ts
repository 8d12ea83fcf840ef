import { describe } from 'vitest'
import { createMemoryStore } from '../stores/memory/create-memory-store.ts'
import { describeAccessMatrix } from '../test-support/describe-access-matrix.ts'

describe('in memory', () => {
  describeAccessMatrix(async (now) => createMemoryStore({ now }))
})

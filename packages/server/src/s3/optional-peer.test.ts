import { afterEach, expect, test, vi } from 'vitest'

afterEach(() => {
  vi.doUnmock('aws4fetch')
  vi.resetModules()
})

test('only this entry needs aws4fetch: an app without it can load the main one', async () => {
  vi.resetModules()
  vi.doMock('aws4fetch', () => {
    throw new Error('It is not installed.')
  })
  await expect(import('../index.ts')).resolves.toHaveProperty('createMemoryByteStore')
  await expect(import('./index.ts')).rejects.toThrow()
})

import { afterEach, expect, test, vi } from 'vitest'

afterEach(() => {
  vi.doUnmock('sharp')
  vi.resetModules()
})

test('this entry has two makers', async () => {
  expect(Object.keys(await import('./index.ts'))).toEqual([
    'createSharpRenderer',
    'createThumbhash',
  ])
})

test('only this entry needs sharp: an app without it can load the main one', async () => {
  vi.resetModules()
  vi.doMock('sharp', () => {
    throw new Error('It is not installed.')
  })
  await expect(import('../index.ts')).resolves.toHaveProperty('createGateway')
  await expect(import('./index.ts')).rejects.toThrow()
})

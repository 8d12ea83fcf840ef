import { afterEach, expect, test, vi } from 'vitest'

afterEach(() => {
  vi.doUnmock('@opentelemetry/api')
  vi.resetModules()
})

test('only this entry needs @opentelemetry/api: an app without it can load the main one', async () => {
  vi.resetModules()
  vi.doMock('@opentelemetry/api', () => {
    throw new Error('It is not installed.')
  })
  await expect(import('../index.ts')).resolves.toHaveProperty('createImagesClient')
  await expect(import('./index.ts')).rejects.toThrow()
})

import { setupWorker } from 'msw/browser'
import { afterAll, afterEach, beforeAll } from 'vitest'
import { describeMsw } from '../test-support/describe-msw.ts'

const msw = setupWorker()

beforeAll(() => msw.start({ quiet: true }))
afterEach(() => msw.resetHandlers())
// It ends with the page; nobody waits for its last word.
afterAll(() => void msw.stop())

describeMsw('in Chromium, by its service worker', {
  endpoint: '/api/images',
  use: (...handlers) => msw.use(...handlers),
})

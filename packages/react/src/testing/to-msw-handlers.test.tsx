import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll } from 'vitest'
import { describeMsw } from '../test-support/describe-msw.ts'

const msw = setupServer()

beforeAll(() => msw.listen())
afterEach(() => msw.resetHandlers())
afterAll(() => msw.close())

describeMsw('in Node', {
  endpoint: 'https://app.test/images',
  use: (...handlers) => msw.use(...handlers),
})

import ky from 'ky'
import type { Case } from '../timing/time-calls.ts'
import { answer, API_TOKEN, IMAGE_URL } from './stub-host.ts'

const http: Case = {
  async prepare() {
    const client = ky.create({ fetch: answer, headers: { authorization: `Bearer ${API_TOKEN}` } })
    return { call: () => client.get(IMAGE_URL).json() }
  },
}

export const cases = { http }

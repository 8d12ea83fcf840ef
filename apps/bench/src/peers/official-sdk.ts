import Cloudflare from 'cloudflare'
import type { Case } from '../timing/time-calls.ts'
import { ACCOUNT_ID, answer, API_TOKEN, IMAGE_ID } from './stub-host.ts'

const http: Case = {
  async prepare() {
    const client = new Cloudflare({ apiToken: API_TOKEN, fetch: answer })
    return { call: () => client.images.v1.get(IMAGE_ID, { account_id: ACCOUNT_ID }) }
  },
}

export const cases = { http }

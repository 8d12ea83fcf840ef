/** A host without a network: what is left is what a client costs. */
import type { Case } from '../timing/time-calls.ts'

export const ACCOUNT_ID = '0123456789abcdef0123456789abcdef'
export const API_TOKEN = 'a-token-of-no-account'
export const IMAGE_ID = '0a1b2c3d-0000-4000-8000-000000000001'
export const IMAGE_URL = `https://api.cloudflare.com/client/v4/accounts/${ACCOUNT_ID}/images/v1/${IMAGE_ID}`

const body = JSON.stringify({
  result: {
    id: IMAGE_ID,
    filename: 'a.png',
    uploaded: '2026-01-01T00:00:00.000Z',
    requireSignedURLs: true,
    variants: ['https://imagedelivery.net/hash/id/public'],
  },
  success: true,
  errors: [],
  messages: [],
})
const headers = { 'content-type': 'application/json' }

/** Answers everything with an image in Cloudflare's envelope: about 250 bytes. */
export const answer = async (): Promise<Response> => new Response(body, { headers })

/** What every client has to do in any case: ask, and parse. */
const http: Case = {
  prepare: async () => ({ call: async () => (await answer()).json() }),
}

export const cases = { http }

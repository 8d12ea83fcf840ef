import { expect, test } from 'vitest'
import { openAccount, read, toForm } from '../test-support/account.ts'
import { resolveHost } from './resolve-host.ts'

test('lists the addresses of a name', async () => {
  const addresses = await resolveHost('localhost')
  expect(addresses.some((address) => ['127.0.0.1', '::1'].includes(address))).toBe(true)
})

test('keeps an upload by url from a name that leads to this machine', async () => {
  const asked: string[] = []
  const { api } = openAccount({
    resolveHost: () => resolveHost('localhost'),
    fetch: async ({ url }) => {
      asked.push(url)
      return new Response()
    },
  })
  const reply = await api('POST', '/v1', toForm({ url: 'https://rebound.example.com/a.png' }))
  expect((await read(reply)).errors[0]?.code).toBe(5454)
  expect(asked).toEqual([])
})

import { describe, expect, test } from 'vitest'
import { openAccount, read, svg, toForm, toJson } from '../test-support/account.ts'

const codeOf = async (reply: Response): Promise<number | undefined> =>
  (await read(reply)).errors[0]?.code

describe('an odd id', () => {
  test.each([
    'a/b',
    '100%',
    'a?b=c',
    'a#b',
    'ü/日本',
    'a%2Fb',
    '😀',
    ' ',
    '.hidden',
    'keys2',
    'statistics',
    'my-config',
  ])('%j is kept as it is and found again', async (id) => {
    const { api } = openAccount()
    expect((await api('POST', '/v1', toForm({ file: svg, id }))).status).toBe(200)
    const path = `/v1/${encodeURIComponent(id)}`
    expect((await read(await api('GET', path))).result['id']).toBe(id)
  })

  test.each(['.', '..', 'a/../b', 'a/.', '', '/a', 'a/', 'notes.pdf', 'a'.repeat(1025)])(
    '%j is refused, from a form and from JSON',
    async (id) => {
      const { api } = openAccount()
      expect(await codeOf(await api('POST', '/v1', toForm({ file: svg, id })))).toBe(5411)
      expect(await codeOf(await api('POST', '/v2/direct_upload', toJson({ id })))).toBe(5411)
    },
  )

  test('half a surrogate pair is refused', async () => {
    const { api } = openAccount()
    const body = new Blob(['{"id":"\\ud800"}'])
    expect(await codeOf(await api('POST', '/v2/direct_upload', body))).toBe(5411)
  })

  test('a picture’s ending is taken, and another one where the setting allows it', async () => {
    const { api } = openAccount()
    expect((await api('POST', '/v1', toForm({ file: svg, id: 'cat.jpeg' }))).status).toBe(200)
    const lax = openAccount({ settings: { refusedIdExtensions: [] } })
    expect((await lax.api('POST', '/v1', toForm({ file: svg, id: 'a.pdf' }))).status).toBe(200)
  })
})

describe('an odd form', () => {
  test('with a field twice is refused', async () => {
    const { api } = openAccount()
    for (const name of ['file', 'creator', 'id']) {
      const form = toForm({ file: svg, creator: 'ann', id: 'one' })
      form.append(name, 'again')
      expect(await codeOf(await api('POST', '/v1', form))).toBe(5400)
    }
  })

  test('with a hundred parts is refused', async () => {
    const { api } = openAccount()
    const form = toForm({ file: svg })
    for (let n = 0; n < 100; n += 1) form.append(`part${n}`, 'x')
    expect((await api('POST', '/v1', form)).status).toBe(501)
  })

  test('with a text where the file should be, or a file where a text should be, is refused', async () => {
    const { api } = openAccount()
    expect(await codeOf(await api('POST', '/v1', toForm({ file: 'text' })))).toBe(5400)
    for (const name of ['id', 'creator', 'metadata', 'requireSignedURLs', 'url']) {
      const form = toForm({ file: svg, [name]: svg })
      expect(await codeOf(await api('POST', '/v1', form))).toBe(5400)
    }
  })

  test('that is none is refused', async () => {
    const { api } = openAccount()
    const type = 'multipart/form-data; boundary=x'
    expect(await codeOf(await api('POST', '/v1', new Blob(['--y'], { type })))).toBe(5400)
    const boundless = new Blob(['--y'], { type: 'multipart/form-data' })
    expect(await codeOf(await api('POST', '/v1', boundless))).toBe(5400)
    expect(await codeOf(await api('POST', '/v1'))).toBe(5415)
  })
})

const ofBytes = (bytes: number): string => JSON.stringify({ a: 'x'.repeat(bytes - 8) })

describe('metadata', () => {
  test('has 1024 bytes at most, wherever it comes from', async () => {
    const { api } = openAccount()
    const send = async (metadata: string): Promise<readonly (number | undefined)[]> => [
      await codeOf(await api('POST', '/v1', toForm({ file: svg, metadata }))),
      await codeOf(await api('POST', '/v2/direct_upload', toForm({ metadata }))),
      await codeOf(await api('POST', '/v2/direct_upload', toJson({ metadata }))),
    ]
    expect(ofBytes(1024)).toHaveLength(1024)
    expect(await send(ofBytes(1024))).toEqual([undefined, undefined, undefined])
    expect(await send(ofBytes(1025))).toEqual([5400, 5400, 5400])
  })

  test('is an object and nothing else', async () => {
    const { api } = openAccount()
    for (const metadata of ['[]', 'null', '"text"', '7', '{', ''])
      expect(await codeOf(await api('POST', '/v1', toForm({ file: svg, metadata })))).toBe(5400)
  })
})

test('an image under an endpoint’s name does not stand in its way', async () => {
  const { api } = openAccount()
  await api('POST', '/v1', toForm({ file: svg, id: 'stats' }))
  expect((await read(await api('GET', '/v1/stats'))).result).toHaveProperty('count')
  expect((await api('DELETE', '/v1/stats')).status).toBe(405)
})

import { describe, expect, test } from 'vitest'
import { readConfig } from './config.ts'

const account = {
  CLOUDFLARE_ACCOUNT_ID: '0123456789abcdef0123456789abcdef',
  CLOUDFLARE_API_TOKEN: 'very-secret-token',
  CLOUDFLARE_IMAGES_ACCOUNT_HASH: 'cheeW4oKsx5ljh8e8BoL2A',
}

describe('readConfig', () => {
  test('needs nothing: port 5173, this machine only, a folder of its own, no account', () => {
    expect(readConfig({ INIT_CWD: '/home/ada' })).toEqual({
      port: 5173,
      host: null,
      dataPath: '/home/ada/.lightfast',
      cloudflare: null,
    })
  })

  test.each(['x', '-1', '70000', '80.5', ' 80'])('names PORT if it is "%s"', (PORT) => {
    expect(() => readConfig({ PORT })).toThrow(/^PORT must be/)
  })

  test('takes a real account when all three variables are there', () => {
    expect(readConfig(account).cloudflare).toMatchObject({
      accountId: account.CLOUDFLARE_ACCOUNT_ID,
    })
  })

  test.each(['CLOUDFLARE_BASE_URL', 'CLOUDFLARE_IMAGES_DELIVERY_URL'])(
    'names %s if it is no URL',
    (name) => {
      expect(() => readConfig({ ...account, [name]: 'here' })).toThrow(`${name} must be a URL.`)
      expect(() => readConfig({ ...account, [name]: 'http://127.0.0.1:8788/' })).not.toThrow()
    },
  )

  test.each(Object.keys(account))('names %s if it alone is missing', (name) => {
    expect(() => readConfig({ ...account, [name]: '' })).toThrow(new RegExp(`^${name} must be set`))
  })

  test.each(['CLOUDFLARE_ACCOUNT_ID', 'CLOUDFLARE_IMAGES_ACCOUNT_HASH'])(
    'names %s if it is wrong, without its value',
    (name) => {
      const wrong = 'not/valid?'
      expect(() => readConfig({ ...account, [name]: wrong })).toThrow(new RegExp(`^${name} must`))
      expect(() => readConfig({ ...account, [name]: wrong })).not.toThrow(wrong)
    },
  )

  test('never repeats the token', () => {
    expect(() => readConfig({ ...account, CLOUDFLARE_ACCOUNT_ID: '' })).not.toThrow(
      'very-secret-token',
    )
  })
})

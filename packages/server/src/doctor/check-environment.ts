import { fail, ok, warn } from './check.ts'
import type { Finding } from './check.ts'
import { API_URL } from './settings.ts'
import type { ReadSettings } from './settings.ts'

const whereToFind =
  'The account id and the account hash are in the Cloudflare dashboard under Images, Overview, as Developer Resources; a token is made under My Profile, API Tokens.'

/** Judges the variables before anybody is asked. */
export function checkEnvironment({ settings, problems, doubts }: ReadSettings): Finding {
  if (problems.length > 0) return fail(problems.join(' '), whereToFind)
  if (doubts.length > 0)
    return warn(
      doubts.join(' '),
      'Use an address of https, and a token that was made under My Profile, API Tokens.',
    )
  const place = settings?.baseUrl === API_URL ? 'Cloudflare' : 'the API at CLOUDFLARE_BASE_URL'
  return ok(`The variables are set and well-formed; they lead to ${place}.`)
}

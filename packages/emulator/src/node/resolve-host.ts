import { lookup } from 'node:dns/promises'

/** Lists the addresses of a name as this machine sees them; rejects for a name that has none. */
export async function resolveHost(hostname: string): Promise<readonly string[]> {
  const found = await lookup(hostname, { all: true })
  return found.map(({ address }) => address)
}

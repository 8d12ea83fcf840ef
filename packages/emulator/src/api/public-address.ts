/** Tells a host of the Internet from this machine and its network. */

/** Says whether a host of a URL may be one of the Internet; a name is judged by itself, without asking for its address. */
export function isPublicHost(hostname: string): boolean {
  const host = hostname.replace(/\.$/, '').toLowerCase()
  if (host.startsWith('[') || ipv4.test(host)) return isPublicAddress(host)
  return host.includes('.') && !localNames.some((end) => `.${host}`.endsWith(end))
}

/** Says whether an address is one of the Internet. IPv6 may be in brackets. */
export function isPublicAddress(address: string): boolean {
  const bytes = ipv4.exec(address)?.slice(1).map(Number)
  if (bytes) return !reserved.some(([base, bits]) => isWithin(bytes, base, bits))
  return isPublicIpv6(address.replaceAll(/[[\]]/g, ''))
}

const ipv4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/

const localNames = ['.localhost', '.local', '.internal', '.home.arpa', '.lan']

/** https://www.iana.org/assignments/iana-ipv4-special-registry/ */
const reserved: readonly (readonly [base: readonly number[], bits: number])[] = [
  [[0, 0, 0, 0], 8],
  [[10, 0, 0, 0], 8],
  [[100, 64, 0, 0], 10],
  [[127, 0, 0, 0], 8],
  [[169, 254, 0, 0], 16],
  [[172, 16, 0, 0], 12],
  [[192, 0, 0, 0], 24],
  [[192, 0, 2, 0], 24],
  [[192, 168, 0, 0], 16],
  [[198, 18, 0, 0], 15],
  [[198, 51, 100, 0], 24],
  [[203, 0, 113, 0], 24],
  [[224, 0, 0, 0], 3],
]

function isWithin(bytes: readonly number[], base: readonly number[], bits: number): boolean {
  const shift = 2 ** (32 - bits)
  return Math.floor(toNumber(bytes) / shift) === Math.floor(toNumber(base) / shift)
}

const toNumber = (bytes: readonly number[]): number =>
  bytes.reduce((value, byte) => value * 256 + byte, 0)

/** Only 2000::/3 is routed; in it are tunnels to any IPv4 address, and a range for documents. */
function isPublicIpv6(address: string): boolean {
  const [first = 0, second = 0] = address
    .split(':')
    .map((group) => Number.parseInt(group || '0', 16))
  if (first < 0x2000 || first > 0x3fff) return false
  if (first === 0x2002) return false
  return first !== 0x2001 || (second > 0x01ff && second !== 0x0db8)
}

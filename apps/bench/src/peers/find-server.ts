/** Names of variables by which a child finds the servers that its parent has started. */
export const serverVariables = { redis: 'BENCH_REDIS_URL', postgres: 'BENCH_POSTGRES_URL' } as const

/** Finds where a server is. @throws Error if there is none: `pnpm bench --only jobs` starts them. */
export function findServer(name: keyof typeof serverVariables): string {
  const url = process.env[serverVariables[name]]
  if (url === undefined)
    throw new Error(`There is no server ${name}: set ${serverVariables[name]}.`)
  return url
}

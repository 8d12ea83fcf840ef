/** The part that we use. The package brings no types. */
declare module '@20minutes/s3rver' {
  type Middleware = (exchange: Exchange, next: () => Promise<unknown>) => Promise<void>

  export interface Exchange {
    readonly method: string
    readonly path: string
    readonly query: Readonly<Record<string, string | undefined>>
    status: number
    body: unknown
  }

  export interface S3rverOptions {
    readonly address: string
    readonly port: number
    readonly silent: boolean
    readonly directory: string
    readonly configureBuckets: readonly { readonly name: string }[]
  }

  export default class S3rver {
    readonly middleware: Middleware[]
    constructor(options: S3rverOptions)
    run(): Promise<{ readonly port: number }>
  }
}

/** The little of jsdom that the test of the control page uses; it comes without types. */
declare module 'jsdom' {
  export class JSDOM {
    constructor(
      html: string,
      options?: {
        readonly url: string
        readonly runScripts: 'dangerously'
        readonly beforeParse: (window: {
          fetch: (path: string, init?: RequestInit) => Promise<Response>
        }) => void
      },
    )
    readonly window: { readonly document: Document }
  }
}

import { createFailure, ImagesError } from '@lightfast/core'
import { isImageReply, readReply, toTransferFailure } from './engine-of-browser.ts'
import type { TransferOptions, TransferResult, UploadTransport } from './engine-of-browser.ts'
import type { Network } from './network.ts'

/** Makes what moves bytes, on `fetch`: Node has no `XMLHttpRequest`. `toSent` says what really leaves the device. */
export function createTransport(network: Network, toSent: (file: Blob) => Blob): UploadTransport {
  return {
    async upload(file, options) {
      options.signal.throwIfAborted()
      try {
        return options.target.to === 'host'
          ? await post(network, toSent(file), options)
          : await put(network, toSent(file), options)
      } catch {
        options.signal.throwIfAborted()
        const failure = createFailure('transfer_interrupted', 'The connection broke.')
        return { status: 'failed', failure, cloudflareCode: null }
      }
    },
  }
}

async function post(
  { fetchForeign }: Network,
  file: Blob,
  { target, filename, signal }: TransferOptions,
): Promise<TransferResult> {
  const body = new FormData()
  body.append('file', file, filename)
  const reply = await fetchForeign(new Request(target.url, { method: 'POST', body, signal }))
  return toTransferFailure(reply.status, await reply.text()) ?? { status: 'arrived', image: null }
}

async function put(
  { fetch }: Network,
  file: Blob,
  { target, signal }: TransferOptions,
): Promise<TransferResult> {
  const headers = { 'content-type': file.type }
  const request = new Request(target.url, { method: 'PUT', body: file, headers, signal })
  const reply = await fetch(request)
  const { status } = reply
  try {
    const text = await reply.text()
    const retryAfter = reply.headers.get('retry-after')
    const { image } = readReply({ status, text, retryAfter }, isImageReply)
    return { status: 'arrived', image }
  } catch (error) {
    if (!(error instanceof ImagesError)) throw error
    return { status: 'failed', failure: error.failure, cloudflareCode: null }
  }
}

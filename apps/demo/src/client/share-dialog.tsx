import type { Image } from '@lightfast/core'
import { useEffect, useRef, useState } from 'react'
import type { FormEvent } from 'react'
import { share } from './api.ts'

interface ShareDialogProps {
  readonly image: Image
  readonly onClose: () => void
}

/** Makes a link to a picture for somebody who has no account here. */
export function ShareDialog({ image, onClose }: ShareDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const [link, setLink] = useState<Link>({ status: 'none' })
  useEffect(() => dialog.current?.showModal(), [])

  function make(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault()
    setLink({ status: 'making' })
    share(image.id, readForm(new FormData(event.currentTarget))).then(
      ({ url, expiresAt }) => setLink({ status: 'made', url, expiresAt }),
      () => setLink({ status: 'failed' }),
    )
  }

  return (
    <dialog ref={dialog} className="share" aria-labelledby="share" onClose={onClose}>
      <h2 id="share">Share {image.filename}</h2>
      <p className="soft">Whoever has the link sees the photo, with a mark on it, until it ends.</p>
      <form onSubmit={make}>
        <label>
          For whom{' '}
          <select name="label" defaultValue="client">
            <option value="client">a client</option>
            <option value="press">the press</option>
            <option value="printer">the print shop</option>
          </select>
        </label>
        <label>
          Ends after{' '}
          <select name="ttlMs" defaultValue="300000">
            <option value="60000">a minute</option>
            <option value="300000">5 minutes</option>
            <option value="3600000">an hour</option>
          </select>
        </label>
        <label>
          <input type="checkbox" name="once" /> Shows the photo once only
        </label>
        <button disabled={link.status === 'making'}>Make a link</button>
      </form>
      <Made link={link} />
      <button type="button" onClick={() => dialog.current?.close()}>
        Close
      </button>
    </dialog>
  )
}

type Link =
  | { readonly status: 'none' | 'making' | 'failed' }
  | { readonly status: 'made'; readonly url: string; readonly expiresAt: number }

function Made({ link }: { readonly link: Link }) {
  if (link.status === 'failed')
    return <p role="alert">No link could be made. Nothing was shared. Try again in a moment.</p>
  if (link.status !== 'made') return <output />
  const time = new Date(link.expiresAt).toLocaleTimeString([], { timeStyle: 'short' })
  return (
    <output>
      <label>
        Good until {time}{' '}
        <input readOnly value={link.url} onFocus={(event) => event.target.select()} />
      </label>
      <button type="button" onClick={() => void navigator.clipboard.writeText(link.url)}>
        Copy it
      </button>
      <a href={link.url} target="_blank" rel="noreferrer">
        Open it
      </a>
    </output>
  )
}

function readForm(form: FormData) {
  const label = form.get('label')
  return {
    ttlMs: Number(form.get('ttlMs')),
    once: form.has('once'),
    plan: 'shared',
    ...(typeof label === 'string' && { label }),
  }
}

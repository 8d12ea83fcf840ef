'use client'

import { Action, Close, Description, Root, Title } from '@radix-ui/react-toast'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { StateIcon } from '../upload/state-icon.tsx'
import type { UploadControl } from '../upload/upload-control.ts'
import type { UploadItem } from '../upload/upload-state.ts'
import { useWayOut } from '../upload/use-way-out.tsx'
import { describeItem } from '../words/describe-item.ts'
import type { Action as DescribedAction } from '../words/describe-item.ts'
import type { Words } from '../words/words.ts'

export interface UploadToastProps {
  readonly item: UploadItem
  readonly upload: UploadControl
  readonly words: Words
  readonly now: number
  readonly onSignIn: ((item: UploadItem) => void) | undefined
}

/** One item's toast. A failure stays until it is closed: no way out may run away from a slow reader. */
export function UploadToast(props: UploadToastProps): ReactNode {
  const { item, upload, words, now, onSignIn } = props
  const [open, setOpen] = useState(true)
  const { title, line, actions } = describeItem(item, words, {
    policy: upload.policy,
    now,
    signIn: onSignIn === undefined ? 'absent' : 'offered',
  })
  const { status } = item.state
  const [first] = actions
  return (
    <Root
      open={open}
      onOpenChange={setOpen}
      type="background"
      duration={status === 'done' ? BRIEF_MS : Infinity}
      data-slot="upload-toast"
      data-status={status}
      data-reason={'reason' in item.state ? item.state.reason : undefined}
    >
      <StateIcon state={item.state} />
      <Title data-slot="upload-toast-title">{title}</Title>
      <Description data-slot="upload-toast-line">
        <span data-slot="upload-toast-name">{item.name}</span> {line}
      </Description>
      {first && <ToastAction {...props} action={first} />}
      <Close
        aria-label={words.actionName(words.toasts.close, item.name)}
        data-slot="upload-toast-close"
      >
        <CloseIcon />
      </Close>
    </Root>
  )
}

const BRIEF_MS = 4000

function ToastAction(props: UploadToastProps & { readonly action: DescribedAction }): ReactNode {
  const { action, words } = props
  const { take, input } = useWayOut(action.way, props)
  return (
    <>
      <Action
        altText={words.toasts.elsewhere(action.name)}
        aria-label={action.name}
        onClick={(event) => {
          // Left open for the picker, which may be closed without a choice.
          if (action.way === 'chooseAnother') event.preventDefault()
          take()
        }}
        data-slot="upload-toast-action"
        data-way={action.way}
      >
        {action.label}
      </Action>
      {input}
    </>
  )
}

const CloseIcon = (): ReactNode => (
  <svg
    viewBox="0 0 16 16"
    width="16"
    height="16"
    fill="none"
    stroke="currentColor"
    strokeWidth="1.5"
    strokeLinecap="round"
    aria-hidden="true"
  >
    <path d="m4 4 8 8M12 4l-8 8" />
  </svg>
)

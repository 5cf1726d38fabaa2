'use client'

import { useRef, useState } from 'react'
import type { GuestClipboard } from './clipboard-panel.tsx'

/** A guest may copy gigabytes; nobody reads them here. */
const MOST_CHARACTERS = 200_000

/** What the guest copies. It reaches this computer's clipboard only while somebody lets it (promise D11). */
export function useGuestClipboard() {
  const [clipboard, setClipboard] = useState<GuestClipboard>({ text: '', follows: false, trouble: '' })
  const follows = useRef(false)
  const onCopied = (whole: string) => {
    const text = whole.slice(0, MOST_CHARACTERS)
    setClipboard((now) => ({ ...now, text, trouble: '' }))
    if (!follows.current) return
    navigator.clipboard.writeText(text).catch(() => {
      const trouble = 'The browser did not take what the VM copied last.'
      setClipboard((now) => ({ ...now, trouble }))
    })
  }
  const setFollows = (next: boolean) => {
    follows.current = next
    setClipboard((now) => ({ ...now, follows: next }))
  }
  return { clipboard, onCopied, setFollows }
}

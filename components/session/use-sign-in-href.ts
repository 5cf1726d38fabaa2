'use client'

import { usePathname, useSearchParams } from 'next/navigation'
import { signInHref } from '../../lib/fleet/return-path.ts'

/** The address of the sign-in page that leads back to what is looked at now. */
export function useSignInHref(): string {
  const pathname = usePathname()
  const search = useSearchParams().toString()
  return signInHref({ pathname, search: search === '' ? '' : `?${search}` })
}

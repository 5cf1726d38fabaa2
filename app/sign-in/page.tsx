import type { Metadata } from 'next'
import { SignInPage } from '../../components/session/sign-in-page.tsx'
import { returnPath } from '../../lib/fleet/return-path.ts'

export const metadata: Metadata = { title: 'Sign in', referrer: 'no-referrer' }

/** Where people sign in; `to` is the page that they came from. */
export default async function Page({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}) {
  const { to } = await searchParams
  return <SignInPage to={returnPath(typeof to === 'string' ? to : null)} />
}

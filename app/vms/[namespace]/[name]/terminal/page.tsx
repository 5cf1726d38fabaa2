import type { Metadata } from 'next'
import '@xterm/xterm/css/xterm.css'
import { TerminalPage } from '../../../../../components/terminal/terminal-page.tsx'

interface Props {
  params: Promise<{ namespace: string; name: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { name } = await params
  return { title: `Terminal of ${decodeURIComponent(name)}` }
}

/** Shells in one VM. */
export default async function Page({ params }: Props) {
  const { namespace, name } = await params
  return <TerminalPage path={{ namespace: decodeURIComponent(namespace), name: decodeURIComponent(name) }} />
}

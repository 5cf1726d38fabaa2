import type { Metadata } from 'next'
import { LogPage } from '../../../../../components/log/log-page.tsx'

interface Props {
  params: Promise<{ namespace: string; name: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { name } = await params
  return { title: `Log of ${decodeURIComponent(name)}` }
}

/** The log of one VM. */
export default async function Page({ params }: Props) {
  const { namespace, name } = await params
  return <LogPage path={{ namespace: decodeURIComponent(namespace), name: decodeURIComponent(name) }} />
}

import type { Metadata } from 'next'
import { ConsolePage } from '../../../../../components/console/console-page.tsx'

interface Context {
  params: Promise<{ namespace: string; name: string }>
}

/** Next hands the parts of a path over as they stand in the URL; one that is no URI text is shown as it is. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

export async function generateMetadata({ params }: Context): Promise<Metadata> {
  return { title: `${decoded((await params).name)} console` }
}

/** The screen of one VM. */
export default async function Page({ params }: Context) {
  const { namespace, name } = await params
  return <ConsolePage path={{ namespace: decoded(namespace), name: decoded(name) }} />
}

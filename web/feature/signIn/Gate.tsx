import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { ROUTES } from '../../../api/contract/routes.ts';
import { Failure } from '../../component/Failure.tsx';
import { Loading } from '../../component/Loading.tsx';
import { call } from '../../lib/api.ts';
import { useMe } from '../../lib/session.ts';
import { FirstRun } from './FirstRun.tsx';
import { SecondFactorFirst } from './SecondFactorFirst.tsx';
import { SignIn } from './SignIn.tsx';

/** Lets the signed-in through; others see the first run, the sign-in, or the second factor that they must set up. */
export function Gate({ children }: { readonly children: ReactNode }) {
  const me = useMe();
  const setup = useQuery({
    queryKey: ['setup'],
    queryFn: () => call(ROUTES.getSetup, {}),
    enabled: me.data === null,
  });
  // The codes stay on the screen although the account already has its second factor.
  const [showsCodes, setShowsCodes] = useState(false);
  if (me.data && (me.data.secondFactorMissing || showsCodes)) {
    const onDone = () => {
      setShowsCodes(false);
      void me.refetch();
    };
    return <SecondFactorFirst onConfirmed={() => setShowsCodes(true)} onDone={onDone} />;
  }
  if (me.data) return <>{children}</>;
  const failed = me.isError ? me : setup.isError ? setup : null;
  if (failed) {
    return (
      <main style={{ padding: 24 }}>
        <Failure error={failed.error} onRetry={() => void failed.refetch()} />
      </main>
    );
  }
  if (!setup.data) {
    return (
      <main style={{ padding: 24 }}>
        <Loading height={320} />
      </main>
    );
  }
  return setup.data.needed ? (
    <FirstRun tokenRequired={setup.data.tokenRequired} />
  ) : (
    <SignIn singleSignOn={setup.data.singleSignOn} />
  );
}

import { createCallerFactory, router } from "./init.ts";

/** Every procedure of the program, assembled from the domains. */
export const appRouter = router({});

export type AppRouter = typeof appRouter;
export const createCaller = createCallerFactory(appRouter);
export type Caller = ReturnType<typeof createCaller>;

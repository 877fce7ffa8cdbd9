// What the node costs beside the bare calls: npm run bench [-- --json] [--only NAME] [--rounds N] [--write]
import '../test/bench/index.ts';

import '../b/page';
import '../../../../../libs/core/src/errors';

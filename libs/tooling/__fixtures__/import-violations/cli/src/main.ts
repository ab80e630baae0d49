import '../../server/src/platform/queue';
import 'typeorm';

/* Names of registry keys and values of the tunnel settings, and their defaults, for reading and
 * writing (server_ex.h says which of them are Windows'). */
#ifndef MPR_API_SERVER_EX_KEYS_H
#define MPR_API_SERVER_EX_KEYS_H

#define IKE_KEY          L"Parameters\\IKEV2"
#define L2TP_KEY         L"Parameters\\L2TP"
#define SSTP_KEY         L"SYSTEM\\CurrentControlSet\\Services\\SstpSvc\\Parameters"
#define IDLE             L"idleTimeout"
#define BLACKOUT         L"networkBlackoutTime"
#define LIFE             L"saLifeTime"
#define KILOBYTES        L"saDataSize"
#define ENCRYPTION       L"EncryptionType"
#define MAIN_MODE_LIFE   L"mmSaLifeTime"
#define CERTIFICATE_NAME L"MachineCertificateName"
#define CERTIFICATE_HASH L"MachineCertificateHash"
#define ISSUERS          L"AllowedTrustedRootCerts"
#define ISSUER_VALUE     L"TrustedRootCert"
#define EKUS             L"AllowedEkus"
#define EKU_VALUE        L"Eku"
#define IKE_POLICY       L"IKEv2CustomPolicy"
#define L2TP_POLICY      L"L2TPCustomPolicy"
#define USE_HTTPS        L"UseHttps"
#define HASH_CONFIGURED  L"IsHashConfiguredByAdmin"
#define SHA256_HASH      L"SHA256CertificateHash"
#define SHA1_HASH        L"SHA1CertificateHash"

/* What a Windows server has that was never told otherwise. */
#define DEFAULT_IDLE       300u
#define DEFAULT_BLACKOUT   1800u
#define DEFAULT_LIFE       28800u
#define DEFAULT_KILOBYTES  102400u
#define DEFAULT_ENCRYPTION 2u /* required */

#endif
